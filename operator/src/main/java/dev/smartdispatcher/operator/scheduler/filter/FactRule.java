package dev.smartdispatcher.operator.scheduler.filter;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Facts that a job asks for. */
final class FactRule {
    private FactRule() {}

    static boolean hold(List<FactDemand> demands, Map<String, String> facts) {
        return demands.stream().allMatch(demand -> demand.holds(facts));
    }

    private static Stream<FactDemand> unmet(List<FactDemand> demands, Map<String, String> facts) {
        return demands.stream().filter(demand -> !demand.holds(facts));
    }

    /** How many facts are not as the job needs them. */
    static double distance(List<FactDemand> demands, Map<String, String> facts) {
        return unmet(demands, facts).count();
    }

    static UnmetNeed unmetNeed(List<FactDemand> demands, Map<String, String> facts) {
        return new UnmetNeed(
                demands.stream().map(FactDemand::words).collect(Collectors.joining(" and ")),
                unmet(demands, facts)
                        .map(demand -> there(demand.name(), facts))
                        .collect(Collectors.joining(" and ", "has ", "")));
    }

    private static String there(String name, Map<String, String> facts) {
        return facts.containsKey(name) ? name + "=" + facts.get(name) : "no " + name;
    }
}
