package dev.smartdispatcher.agent.probe.local;

import dev.smartdispatcher.agent.probe.FactsDraft;
import dev.smartdispatcher.agent.probe.HostPaths;
import dev.smartdispatcher.agent.probe.Probe;
import dev.smartdispatcher.api.worker.facts.AgentFacts;
import dev.smartdispatcher.api.worker.facts.Problem;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Local facts: what the {@link FeatureFile}s of a directory of the host state. The agent only reads; programs that write such
 * files are run by the host. At most {@value #MOST_FILES} files of at most {@value #LARGEST_FILE} bytes are read, in the order
 * of their names, hidden ones not at all. Of a name that is stated twice the first value counts.
 */
public final class LocalProbe implements Probe {
    static final int MOST_FILES = 32;
    static final int LARGEST_FILE = 64 << 10;
    /** So that one bad file does not crowd out the problems of other probes. */
    static final int MOST_PROBLEMS = 8;

    private static final String NAME = "local";

    private final HostPaths paths;
    private final String directory;
    private final Clock clock;

    /** @param directory of the host, absolute; it need not exist */
    public LocalProbe(HostPaths paths, String directory, Clock clock) {
        this.paths = paths;
        this.directory = directory;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Finding look() throws IOException {
        Look look = new Look(clock.instant());
        List<String> names = paths.names(directory).stream()
                .filter(name -> !name.startsWith("."))
                .toList();
        names.stream().limit(MOST_FILES).forEach(look::read);
        if (names.size() > MOST_FILES) {
            look.problems.add(directory + " has " + names.size() + " files, of which only the first " + MOST_FILES
                    + " are read.");
        }
        return look::addTo;
    }

    /** What one look finds. */
    private final class Look {
        private final Instant now;
        private final Map<String, String> facts = new TreeMap<>();
        private final List<String> problems = new ArrayList<>();

        private Look(Instant now) {
            this.now = now;
        }

        private void read(String name) {
            try {
                FeatureFile.read(paths.lines(directory + "/" + name, LARGEST_FILE), now, new FeatureFile.Reader() {
                    @Override
                    public void fact(int line, String fact, String value) {
                        add(name + " line " + line, fact, value);
                    }

                    @Override
                    public void problem(int line, String sentence) {
                        problems.add(name + " line " + line + ": " + sentence + ".");
                    }
                });
            } catch (IOException e) {
                problems.add(name + " cannot be read: " + e.getMessage() + ".");
            }
        }

        private void add(String place, String fact, String value) {
            if (facts.containsKey(fact)) {
                problems.add(place + ": " + fact + " is stated already: the first value counts.");
            } else if (facts.size() == AgentFacts.MOST_LOCAL) {
                problems.add(place + ": " + fact + " is one more than the " + AgentFacts.MOST_LOCAL
                        + " facts that a worker may have.");
            } else {
                facts.put(fact, value);
            }
        }

        private void addTo(FactsDraft draft) {
            draft.local(facts);
            problems.stream().limit(MOST_PROBLEMS).forEach(sentence -> draft.problem(new Problem(NAME, sentence)));
            if (problems.size() > MOST_PROBLEMS) {
                draft.problem(new Problem(NAME, "There are " + (problems.size() - MOST_PROBLEMS) + " more problems."));
            }
        }
    }
}
