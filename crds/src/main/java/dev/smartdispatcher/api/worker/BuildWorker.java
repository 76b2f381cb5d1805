package dev.smartdispatcher.api.worker;

import dev.smartdispatcher.api.ApiGroup;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** One node as a build worker, named as the Node. */
@Group(ApiGroup.GROUP)
@Version(ApiGroup.VERSION)
@ShortNames("bw")
@Categories("builds")
@AdditionalPrinterColumn(name = "Arch", jsonPath = ".status.hostArch", type = Type.STRING)
@AdditionalPrinterColumn(
        name = "Schedulable",
        jsonPath = ".status.conditions[?(@.type==\"Schedulable\")].status",
        type = Type.STRING)
@AdditionalPrinterColumn(
        name = "Reason",
        jsonPath = ".status.conditions[?(@.type==\"Schedulable\")].reason",
        type = Type.STRING)
@AdditionalPrinterColumn(
        name = "Drained",
        jsonPath = ".status.conditions[?(@.type==\"Drained\")].status",
        type = Type.STRING)
@AdditionalPrinterColumn(
        name = "Health",
        jsonPath = ".status.conditions[?(@.type==\"Healthy\")].reason",
        type = Type.STRING,
        priority = 1)
@AdditionalPrinterColumn(name = "Jobs", jsonPath = ".status.allocation.jobs", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "CPU", jsonPath = ".status.allocation.cpu", type = Type.STRING)
@AdditionalPrinterColumn(name = "CPU-Budget", jsonPath = ".status.budget.cpu", type = Type.STRING)
@AdditionalPrinterColumn(name = "Memory", jsonPath = ".status.allocation.memory", type = Type.STRING, priority = 1)
@AdditionalPrinterColumn(name = "Memory-Budget", jsonPath = ".status.budget.memory", type = Type.STRING, priority = 1)
@AdditionalPrinterColumn(name = "Reserved-For", jsonPath = ".status.reservedFor.name", type = Type.STRING, priority = 1)
@AdditionalPrinterColumn(name = "Observed", jsonPath = ".status.agent.observedTime", type = Type.DATE)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
public class BuildWorker extends CustomResource<BuildWorkerSpec, BuildWorkerStatus> {
    private static final long serialVersionUID = 1L;
}
