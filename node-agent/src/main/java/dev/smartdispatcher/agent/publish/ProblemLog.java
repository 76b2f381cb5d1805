package dev.smartdispatcher.agent.publish;

import dev.smartdispatcher.api.worker.facts.Problem;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the probes' problems, each when it comes and when it is gone. */
final class ProblemLog {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemLog.class);

    private List<Problem> told = List.of();

    void log(List<Problem> problems) {
        problems.stream()
                .filter(p -> !told.contains(p))
                .forEach(p -> LOG.atWarn().addKeyValue(LogKeys.PROBE, p.probe()).log("Fact left out: {}", p.message()));
        told.stream()
                .filter(p -> !problems.contains(p))
                .forEach(p -> LOG.atInfo().addKeyValue(LogKeys.PROBE, p.probe()).log("Problem gone: {}", p.message()));
        told = problems;
    }
}
