package dev.smartdispatcher.api.profile;

import dev.smartdispatcher.api.ApiGroup;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * What past builds of one package on one host architecture for one target needed. Written by the operator alone; who deletes it makes
 * it learn anew.
 */
@Group(ApiGroup.GROUP)
@Version(ApiGroup.VERSION)
@ShortNames("bprof")
@Categories("builds")
@AdditionalPrinterColumn(name = "Package", jsonPath = ".status.package", type = Type.STRING)
@AdditionalPrinterColumn(name = "Host", jsonPath = ".status.hostArch", type = Type.STRING)
@AdditionalPrinterColumn(name = "Target", jsonPath = ".status.targetArch", type = Type.STRING)
@AdditionalPrinterColumn(name = "Runs", jsonPath = ".status.runs", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Base", jsonPath = ".status.memory.base", type = Type.STRING)
@AdditionalPrinterColumn(name = "PerProcess", jsonPath = ".status.memory.perProcess", type = Type.STRING)
@AdditionalPrinterColumn(name = "Disk", jsonPath = ".status.disk", type = Type.STRING)
@AdditionalPrinterColumn(name = "CoreSeconds", jsonPath = ".status.work.coreSeconds", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Failures", jsonPath = ".status.failureRate", type = Type.NUMBER, priority = 1)
@AdditionalPrinterColumn(name = "As-Of", jsonPath = ".status.asOf", type = Type.DATE)
public class BuildProfile extends CustomResource<Void, BuildProfileStatus> implements Namespaced {
    private static final long serialVersionUID = 1L;
}
