package dev.smartdispatcher.operator.packages;

import dev.smartdispatcher.api.environment.PackageLists;
import dev.smartdispatcher.api.environment.PackageRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lists that apply one after another: the environment's own, then those of each rule.
 *
 * @param field of the environment
 * @param origin what the trace calls it
 */
record Layer(
        String field,
        String origin,
        List<String> preinstall,
        List<String> install,
        List<String> noInstall,
        List<String> remove) {
    /** Before a name: take it out. */
    static final String OUT = "!";
    /** Take out all. */
    static final String ALL_OUT = "!*";

    static Layer of(PackageLists base) {
        return new Layer(
                "spec.packages", "spec.packages", base.preinstall(), base.install(), base.noInstall(), base.remove());
    }

    static Layer of(PackageRule rule) {
        return new Layer(
                "spec.rules[" + rule.name() + "]",
                "rule " + rule.name(),
                rule.preinstall(),
                rule.install(),
                rule.noInstall(),
                rule.remove());
    }

    /** The lists by the names of their fields. */
    Map<String, List<String>> lists() {
        var lists = new LinkedHashMap<String, List<String>>();
        lists.put("preinstall", preinstall);
        lists.put("install", install);
        lists.put("noInstall", noInstall);
        lists.put("remove", remove);
        return lists;
    }
}
