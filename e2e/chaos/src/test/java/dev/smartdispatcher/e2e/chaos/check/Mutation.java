package dev.smartdispatcher.e2e.chaos.check;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.e2e.chaos.check.view.Job;
import dev.smartdispatcher.e2e.chaos.check.view.WorkerPod;
import dev.smartdispatcher.e2e.chaos.history.Act;
import dev.smartdispatcher.e2e.chaos.history.Change;
import dev.smartdispatcher.e2e.chaos.history.Entry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What is changed in a sound history, whatever is in it, so that one rule is broken. */
public enum Mutation {
    POD_TOO_LARGE("1 no overcommit") {
        @Override
        List<Entry> of(List<Entry> history) {
            return edit(history, Mutation::createsPod, pod -> build(pod)
                    .withObject("/resources/requests")
                    .put("cpu", "900"));
        }
    },
    SECOND_CONTAINER("2 one live attempt") {
        @Override
        List<Entry> of(List<Entry> history) {
            return after(history, Mutation::startsContainer, entry -> {
                var act = (Act) entry;
                return new Act(act.millis(), act.kind(), act.target(), "another pod");
            });
        }
    },
    JOB_WITHOUT_END("3 nothing lost") {
        @Override
        List<Entry> of(List<Entry> history) {
            var job = finished(history);
            return without(
                    history,
                    entry -> entry instanceof Change change
                            && isJob(change)
                            && new Job(change.object()).uid().equals(job)
                            && new Job(change.object()).isFinished());
        }
    },
    POD_WITHOUT_RECORD("4 record before act") {
        @Override
        List<Entry> of(List<Entry> history) {
            var job = finished(history);
            return without(
                    history,
                    entry -> entry instanceof Change change
                            && isJob(change)
                            && new Job(change.object()).uid().equals(job)
                            && new Job(change.object()).live().isPresent());
        }
    },
    EVERYTHING_DRAINED("5 a drained worker starts nothing") {
        @Override
        List<Entry> of(List<Entry> history) {
            return editAll(history, change -> change.kind().equals("buildworkers"), worker -> worker.withObject(
                            "/metadata/annotations")
                    .put("smartdispatcher.dev/drain", "x"));
        }
    },
    RUNNING_POD_DELETED("5 a drain loses no build") {
        @Override
        List<Entry> of(List<Entry> history) {
            return edit(
                    history,
                    change -> isPod(change)
                            && new WorkerPod(change.object()).isRunning()
                            && !new WorkerPod(change.object()).isDeleted(),
                    pod -> pod.withObject("/status")
                            .withArray("conditions")
                            .addObject()
                            .put("type", "DisruptionTarget")
                            .put("reason", "EvictionByEvictionAPI"));
        }
    },
    OTHER_LISTS("6 lists follow the worker") {
        @Override
        List<Entry> of(List<Entry> history) {
            return editAll(
                    history,
                    change ->
                            change.kind().equals("configmaps") && change.name().contains("/lists-"),
                    map -> map.withObject("/data").put("install", "nothing\n"));
        }
    },
    OTHER_AGENT("9 an agent writes only its own worker") {
        @Override
        List<Entry> of(List<Entry> history) {
            return edit(
                    history,
                    change -> change.kind().equals("buildworkers")
                            && !change.object()
                                    .path("status")
                                    .path("agent")
                                    .path("local")
                                    .isMissingNode(),
                    worker -> worker.withObject("/status/agent/local").put("chaos-writer", "another"));
        }
    },
    OTHER_EXIT_CODE("true outcomes") {
        @Override
        List<Entry> of(List<Entry> history) {
            return editAll(
                    history,
                    change -> isPod(change)
                            && new WorkerPod(change.object())
                                            .terminated()
                                            .path("exitCode")
                                            .asInt(-1)
                                    == 0,
                    pod -> {
                        var state = (ObjectNode) pod.path("status")
                                .path("containerStatuses")
                                .get(0)
                                .path("state");
                        state.withObject("/terminated").put("exitCode", 2);
                    });
        }
    },
    OTHER_REASON("true reasons") {
        @Override
        List<Entry> of(List<Entry> history) {
            return edit(
                    history,
                    change -> isJob(change) && !new Job(change.object()).waits().isEmpty(),
                    job -> job.withObject("/status/waiting").put("reason", "NotAuthorized"));
        }
    },
    POD_LEFT("no leaks") {
        @Override
        List<Entry> of(List<Entry> history) {
            var names = new HashSet<String>();
            history.forEach(entry -> {
                if (entry instanceof Change change && isPod(change)) {
                    names.add(change.name());
                }
            });
            var last = (Change) history.stream()
                    .filter(entry ->
                            entry instanceof Change change && change.isDeletion() && names.contains(change.name()))
                    .reduce((one, other) -> other)
                    .orElseThrow();
            return without(history, entry -> entry == last);
        }
    };

    private final String rule;

    Mutation(String rule) {
        this.rule = rule;
    }

    /** The rule that is broken. */
    public String rule() {
        return rule;
    }

    abstract List<Entry> of(List<Entry> history);

    /** What the checker finds in the history once it is changed. */
    public Verdict verdict(List<Entry> history) {
        var checker = new Checker();
        of(history).forEach(checker::see);
        return checker.end();
    }

    static boolean isJob(Change change) {
        return change.kind().equals("buildjobs") && !change.isDeletion();
    }

    static boolean isPod(Change change) {
        return change.kind().equals("pods") && WorkerPod.is(change.object());
    }

    private static boolean createsPod(Change change) {
        return isPod(change) && new WorkerPod(change.object()).node().isEmpty();
    }

    private static boolean startsContainer(Entry entry) {
        return entry instanceof Act act && act.kind() == Act.Kind.ContainerStarted;
    }

    private static ObjectNode build(ObjectNode pod) {
        return (ObjectNode) pod.path("spec").path("containers").get(0);
    }

    /** The UID of a job that is Complete and that no user deleted. */
    private static String finished(List<Entry> history) {
        var deleted = new HashSet<String>();
        history.forEach(entry -> {
            if (entry instanceof Act act && act.kind() == Act.Kind.DeleteJob) {
                deleted.add(act.target());
            }
        });
        return history.stream()
                .filter(entry -> entry instanceof Change change && isJob(change))
                .map(entry -> new Job(((Change) entry).object()))
                .filter(job -> job.isComplete() && !deleted.contains(job.uid()))
                .findFirst()
                .orElseThrow()
                .uid();
    }

    private static List<Entry> without(List<Entry> history, Predicate<Entry> dropped) {
        return history.stream().filter(dropped.negate()).toList();
    }

    private static List<Entry> after(
            List<Entry> history, Predicate<Entry> first, java.util.function.UnaryOperator<Entry> inserted) {
        var entries = new ArrayList<>(history);
        for (int i = 0; i < entries.size(); i++) {
            if (first.test(entries.get(i))) {
                entries.add(i + 1, inserted.apply(entries.get(i)));
                return entries;
            }
        }
        throw new IllegalArgumentException("nothing to change");
    }

    /** Changes the first such object. */
    static List<Entry> edit(List<Entry> history, Predicate<Change> which, Consumer<ObjectNode> how) {
        var done = new boolean[1];
        return editAll(
                history,
                change -> {
                    boolean now = !done[0] && which.test(change);
                    done[0] |= now;
                    return now;
                },
                how);
    }

    static List<Entry> editAll(List<Entry> history, Predicate<Change> which, Consumer<ObjectNode> how) {
        return history.stream()
                .map(entry -> entry instanceof Change change && !change.isDeletion() && which.test(change)
                        ? edited(change, how)
                        : entry)
                .toList();
    }

    private static Entry edited(Change change, Consumer<ObjectNode> how) {
        var object = (ObjectNode) change.object().deepCopy();
        how.accept(object);
        return new Change(change.millis(), change.revision(), change.kind(), change.name(), object);
    }
}
