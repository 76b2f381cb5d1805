package dev.smartdispatcher.agent.advise;

import dev.smartdispatcher.agent.advisor.JobSize;
import dev.smartdispatcher.agent.advisor.Number;
import dev.smartdispatcher.arch.Quantities;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** In which form advice is printed. Each explains its numbers. */
public enum Format {
    /** Objects for {@code kubectl apply -f -}, with the explanations as comments. */
    yaml {
        @Override
        public String print(List<Named> workers, JobSize job) {
            var text = new StringBuilder();
            for (var each : workers) {
                text.append(comments(each)).append(document(Written.worker(each)));
            }
            return text.append(document(Written.policy(job))).toString();
        }
    },
    /** Values of the chart: those of the policy. The chart makes no workers, so their limits are comments. */
    helm {
        @Override
        public String print(List<Named> workers, JobSize job) {
            var policy = new LinkedHashMap<String, Object>();
            policy.put("create", true);
            policy.put("spec", Written.policySpec(job));
            var text = new StringBuilder();
            for (var each : workers) {
                text.append(comments(each));
            }
            return text.append(
                            "# Agents make the workers, not the chart: write their limits by advise -o yaml | kubectl apply -f -\n")
                    .append(body(Map.of("dispatchPolicy", policy)))
                    .toString();
        }
    },
    /** For people. */
    text {
        @Override
        public String print(List<Named> workers, JobSize job) {
            var text = new StringBuilder();
            for (var each : workers) {
                text.append(each.worker()).append('\n');
                for (var number : each.advice().numbers()) {
                    text.append("  %-20s%-20s%s%n".formatted(number.name(), number.value(), number.reason()));
                    text.append("  %-20s%-20sor: %s%n".formatted("", "", number.alternative()));
                }
            }
            if (workers.size() > 1) {
                text.append("The policy is one for all workers: %s of memory, %s of disk%n"
                        .formatted(job.memoryText(), Quantities.readBytes(job.disk())));
            }
            return text.toString();
        }
    };

    /**
     * The text, with its last line ended.
     *
     * @param job what goes into the policy, which is one for all workers
     */
    public abstract String print(List<Named> workers, JobSize job);

    private static String comments(Named named) {
        return "# " + named.worker() + "\n"
                + named.advice().numbers().stream().map(Format::comment).collect(Collectors.joining());
    }

    private static String comment(Number number) {
        return "# %s: %s: %s; or %s%n".formatted(number.name(), number.value(), number.reason(), number.alternative());
    }

    private static String document(Object object) {
        return "---\n" + body(object);
    }

    private static String body(Object object) {
        var yaml = Serialization.asYaml(object);
        return yaml.startsWith("---\n") ? yaml.substring(4) : yaml;
    }
}
