package dev.smartdispatcher.cli.constraints;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.api.job.demand.JobIsolation;
import dev.smartdispatcher.cli.input.XmlElement;
import dev.smartdispatcher.cli.manifest.Remarks;
import java.util.Map;
import java.util.regex.Pattern;

/** Host labels, sandbox, kernel and CPU flags as {@code spec.requires}. */
final class RequiresImport {
    /** Before the name of a host label in the key of the label that a BuildWorker has for it. */
    static final String LABEL_PREFIX = "hostlabel.smartdispatcher.dev/";

    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
    private static final String SECURE = "secure";

    /** Sandboxes of OBS workers that a job can ask for here. */
    private static final Map<String, JobIsolation> SANDBOXES = Map.of(
            "kvm", JobIsolation.KVM,
            "chroot", JobIsolation.Chroot,
            "lxc", JobIsolation.Container,
            "docker", JobIsolation.Container);

    private final String file;
    private final XmlElement constraints;
    private final ObjectNode requires;
    private final Remarks remarks;

    private RequiresImport(String file, XmlElement constraints, ObjectNode requires, Remarks remarks) {
        this.file = file;
        this.constraints = constraints;
        this.requires = requires;
        this.remarks = remarks;
    }

    /** Adds to {@code requires} what the constraints demand of a worker. */
    static void add(String file, XmlElement constraints, ObjectNode requires, Remarks remarks) {
        var demands = new RequiresImport(file, constraints, requires, remarks);
        constraints.child("sandbox").filter(s -> !s.text().isEmpty()).ifPresent(demands::sandbox);
        demands.flags();
        demands.kernel();
        demands.hostLabels();
    }

    private void sandbox(XmlElement sandbox) {
        var isolation = SANDBOXES.get(sandbox.text());
        if (excluded(sandbox)) {
            if (isolation == JobIsolation.Container) {
                remarks.notCarriedOver(
                        file, sandbox.line(), "sandbox " + sandbox.text() + " excluded: builds run in containers");
                return;
            }
            remarks.note(
                    file,
                    sandbox.line(),
                    "sandbox " + sandbox.text() + " excluded: isolation Container is no such sandbox"
                            + (sandbox.text().equals(SECURE) ? "; OBS excludes no worker by it" : ""));
            requires.put("isolation", JobIsolation.Container.name());
        } else if (sandbox.text().equals(SECURE)) {
            remarks.note(file, sandbox.line(), "sandbox secure (kvm, xen or zvm in OBS): isolation KVM");
            requires.put("isolation", JobIsolation.KVM.name());
        } else if (isolation == null) {
            remarks.notCarriedOver(
                    file, sandbox.line(), "sandbox " + sandbox.text() + ": workers here offer no such isolation");
        } else {
            requires.put("isolation", isolation.name());
        }
    }

    private void flags() {
        var flags = constraints.child("hardware").flatMap(h -> h.child("cpu")).map(c -> c.children("flag"));
        flags.ifPresent(
                all -> all.stream().filter(f -> !f.text().isEmpty()).forEach(flag -> requires.withObject("/cpuFlags")
                        .withArrayProperty(excluded(flag) ? "none" : "all")
                        .add(flag.text())));
    }

    private void kernel() {
        constraints.child("linux").ifPresent(linux -> {
            linux.child("version").ifPresent(version -> {
                kernel(version, "min", "minVersion");
                kernel(version, "max", "maxVersion");
            });
            kernel(linux, "flavor", "flavor");
        });
    }

    private void kernel(XmlElement parent, String name, String field) {
        parent.child(name).map(XmlElement::text).filter(text -> !text.isEmpty()).ifPresent(text -> requires.withObject(
                        "/kernel")
                .put(field, text));
    }

    private void hostLabels() {
        for (var label : constraints.children("hostlabel")) {
            if (!LABEL.matcher(label.text()).matches()) {
                remarks.notCarriedOver(
                        file, label.line(), "hostlabel '" + label.text() + "': cannot be the name of a label");
                continue;
            }
            requires.withObject("/workerSelector")
                    .withArrayProperty("matchExpressions")
                    .addObject()
                    .put("key", LABEL_PREFIX + label.text())
                    .put("operator", excluded(label) ? "DoesNotExist" : "Exists");
        }
    }

    private static boolean excluded(XmlElement element) {
        return "true".equals(element.attributes().get("exclude"));
    }
}
