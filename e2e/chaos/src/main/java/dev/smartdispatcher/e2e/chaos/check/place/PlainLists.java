package dev.smartdispatcher.e2e.chaos.check.place;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The package lists of an environment for a host architecture, target architecture and mode, worked out as docs/environments.md
 * says it, for environments that name packages and take none out of the lists by {@code -NAME}.
 */
record PlainLists(List<String> preinstall, List<String> install, List<String> noInstall, List<String> remove) {

    static PlainLists of(JsonNode environment, String hostArch, String targetArch, String mode) {
        var lists = new Lists();
        var spec = environment.path("spec");
        lists.apply(spec.path("packages"));
        for (var rule : spec.path("rules")) {
            var when = rule.path("when");
            if (allows(when.path("hostArch"), hostArch)
                    && allows(when.path("targetArch"), targetArch)
                    && allows(when.path("modes"), mode)) {
                lists.apply(rule);
            }
        }
        return lists.result();
    }

    private static boolean allows(JsonNode values, String value) {
        return values.isEmpty() || names(values).contains(value);
    }

    /** As {@code status.packages.digest} has it. */
    String digest() {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            for (var list : List.of(preinstall, install, noInstall, remove)) {
                sha.update((String.join("\n", list) + "\n\n").getBytes(StandardCharsets.UTF_8));
            }
            return "sha256:" + HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Whether a ConfigMap holds these lists as a build reads them. */
    boolean isIn(JsonNode configMap) {
        var data = configMap.path("data");
        return file(preinstall).equals(data.path("preinstall").asText())
                && file(install).equals(data.path("install").asText())
                && file(noInstall).equals(data.path("no-install").asText())
                && file(remove).equals(data.path("remove").asText());
    }

    private static String file(List<String> names) {
        return names.isEmpty() ? "" : String.join("\n", names) + "\n";
    }

    private static List<String> names(JsonNode array) {
        var names = new ArrayList<String>();
        array.forEach(name -> names.add(name.asText()));
        return names;
    }

    private static final class Lists {
        private final Set<String> preinstall = new LinkedHashSet<>();
        private final Set<String> install = new LinkedHashSet<>();
        private final Set<String> noInstall = new LinkedHashSet<>();
        private final Set<String> remove = new LinkedHashSet<>();

        private void apply(JsonNode layer) {
            var own = names(layer.path("preinstall"));
            for (var name : names(layer.path("noInstall"))) {
                remove.remove(name);
                noInstall.add(name);
                if (!own.contains(name)) {
                    preinstall.add(name);
                }
            }
            own.forEach(name -> {
                remove.remove(name);
                preinstall.add(name);
            });
            names(layer.path("install")).forEach(name -> {
                remove.remove(name);
                install.add(name);
            });
            names(layer.path("remove")).forEach(name -> {
                List.of(preinstall, install, noInstall).forEach(list -> list.remove(name));
                remove.add(name);
            });
        }

        private PlainLists result() {
            var installed =
                    install.stream().filter(name -> !noInstall.contains(name)).toList();
            return new PlainLists(List.copyOf(preinstall), installed, List.copyOf(noInstall), List.copyOf(remove));
        }
    }
}
