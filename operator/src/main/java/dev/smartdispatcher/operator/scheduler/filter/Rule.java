package dev.smartdispatcher.operator.scheduler.filter;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** The rules of matching a worker with requirements, whatever the load. Of those that a worker breaks the first one counts. */
public enum Rule {
    TARGET(Reason.WrongArchitecture) {
        @Override
        boolean holds(Requirements requirements, Worker worker) {
            return ModeRule.any(requirements, worker);
        }
    },
    HOST_ARCHITECTURE(Reason.WrongHostArchitecture) {
        @Override
        boolean holds(Requirements requirements, Worker worker) {
            return requirements.hostArch().isEmpty() || requirements.hostArch().contains(worker.hostArch());
        }

        @Override
        public Optional<UnmetNeed> unmetNeed(Requirements requirements, Worker worker) {
            return Optional.of(
                    new UnmetNeed("host " + UnmetNeed.either(requirements.hostArch()), "is " + worker.hostArch()));
        }
    },
    /** Holds where the worker does not build the target at all: that is another rule's. */
    MODE(Reason.WrongMode) {
        @Override
        boolean holds(Requirements requirements, Worker worker) {
            return requirements.modes().isEmpty()
                            && requirements.namespacedModes().isEmpty()
                    || ModeRule.anyAllowed(requirements, worker)
                    || !ModeRule.any(requirements, worker);
        }

        @Override
        public Optional<UnmetNeed> unmetNeed(Requirements requirements, Worker worker) {
            return Optional.of(ModeRule.unmetNeed(requirements, worker));
        }
    },
    CPU_FLAGS(Reason.WrongCpuFlags) {
        @Override
        boolean holds(Requirements requirements, Worker worker) {
            return CpuFlagRule.hold(requirements, worker);
        }

        @Override
        double distance(Requirements requirements, Worker worker) {
            return CpuFlagRule.distance(requirements, worker);
        }

        @Override
        public Optional<UnmetNeed> unmetNeed(Requirements requirements, Worker worker) {
            return Optional.of(CpuFlagRule.unmetNeed(requirements, worker));
        }
    },
    KERNEL(Reason.WrongKernel) {
        @Override
        boolean holds(Requirements requirements, Worker worker) {
            return requirements
                    .kernel()
                    .map(range -> KernelRule.accepts(range, worker.kernel()))
                    .orElse(true);
        }

        @Override
        double distance(Requirements requirements, Worker worker) {
            return requirements
                    .kernel()
                    .map(range -> KernelRule.distance(range, worker.kernel()))
                    .orElse(0.0);
        }

        @Override
        public Optional<UnmetNeed> unmetNeed(Requirements requirements, Worker worker) {
            return requirements.kernel().map(range -> KernelRule.unmetNeed(range, worker.kernel()));
        }
    },
    ISOLATION(Reason.WrongIsolation) {
        @Override
        boolean holds(Requirements requirements, Worker worker) {
            return hasIsolation(requirements, worker) && (!requirements.userNamespace() || worker.userNamespaces());
        }

        @Override
        public Optional<UnmetNeed> unmetNeed(Requirements requirements, Worker worker) {
            var namespace = requirements.userNamespace() && !worker.userNamespaces()
                    ? Optional.of("a user namespace to install packages in")
                    : Optional.<String>empty();
            return Optional.of(
                    hasIsolation(requirements, worker)
                            ? new UnmetNeed(namespace.orElseThrow(), "has none")
                            : new UnmetNeed(
                                    requirements.isolation().name()
                                            + namespace
                                                    .map(more -> " and " + more)
                                                    .orElse(""),
                                    "has " + UnmetNeed.all(worker.isolation())));
        }

        private boolean hasIsolation(Requirements requirements, Worker worker) {
            return worker.isolation().contains(requirements.isolation());
        }
    },
    EXCLUDED_ISOLATION(Reason.ExcludedIsolation) {
        @Override
        boolean holds(Requirements requirements, Worker worker) {
            return requirements.notIsolation().stream().noneMatch(worker.isolation()::contains);
        }

        @Override
        public Optional<UnmetNeed> unmetNeed(Requirements requirements, Worker worker) {
            return Optional.of(new UnmetNeed(
                    "none that offers " + UnmetNeed.either(requirements.notIsolation()),
                    "has " + UnmetNeed.all(worker.isolation())));
        }
    },
    CHECKS(Reason.CheckNotPassed) {
        @Override
        boolean holds(Requirements requirements, Worker worker) {
            return CheckRule.holds(requirements, worker);
        }

        @Override
        double distance(Requirements requirements, Worker worker) {
            return CheckRule.missing(requirements, worker).size();
        }

        @Override
        public Optional<UnmetNeed> unmetNeed(Requirements requirements, Worker worker) {
            return Optional.of(CheckRule.unmetNeed(requirements, worker));
        }
    },
    FACTS(Reason.WrongFacts) {
        @Override
        boolean holds(Requirements requirements, Worker worker) {
            return FactRule.hold(requirements.facts(), worker.facts());
        }

        @Override
        double distance(Requirements requirements, Worker worker) {
            return FactRule.distance(requirements.facts(), worker.facts());
        }

        @Override
        public Optional<UnmetNeed> unmetNeed(Requirements requirements, Worker worker) {
            return Optional.of(FactRule.unmetNeed(requirements.facts(), worker.facts()));
        }
    },
    /** A speed that is not known satisfies no demand. */
    SPEED(Reason.TooSlow) {
        @Override
        boolean holds(Requirements requirements, Worker worker) {
            return distance(requirements, worker) <= 0;
        }

        @Override
        double distance(Requirements requirements, Worker worker) {
            return requirements.minSpeed() - worker.measuredSpeed().orElse(0);
        }

        @Override
        public Optional<UnmetNeed> unmetNeed(Requirements requirements, Worker worker) {
            var measured = worker.measuredSpeed();
            return Optional.of(new UnmetNeed(
                    "speed " + requirements.minSpeed(),
                    measured.isPresent() ? "has " + measured.getAsInt() : "has an unknown one"));
        }
    },
    LABELS(Reason.SelectorMismatch) {
        @Override
        boolean holds(Requirements requirements, Worker worker) {
            return requirements.selector().map(s -> s.matches(worker.labels())).orElse(true);
        }

        @Override
        double distance(Requirements requirements, Worker worker) {
            return requirements
                    .selector()
                    .map(s -> s.mismatches(worker.labels()).size())
                    .orElse(0);
        }

        @Override
        public Optional<UnmetNeed> unmetNeed(Requirements requirements, Worker worker) {
            return requirements.selector().map(s -> SelectorRule.unmetNeed(s, worker.labels()));
        }
    },
    INODES(Reason.TooFewInodes) {
        @Override
        boolean holds(Requirements requirements, Worker worker) {
            return requirements.inodes() <= worker.freeInodes();
        }

        @Override
        double distance(Requirements requirements, Worker worker) {
            return requirements.inodes() - worker.freeInodes();
        }

        @Override
        public Optional<UnmetNeed> unmetNeed(Requirements requirements, Worker worker) {
            return Optional.of(new UnmetNeed(
                    requirements.inodes() + " free inodes for its disk", "has about " + worker.freeInodes()));
        }
    };

    private static final Map<Reason, Rule> BY_REASON = new EnumMap<>(Reason.class);

    static {
        for (var rule : values()) {
            BY_REASON.put(rule.reason, rule);
        }
    }

    /** Why a worker that breaks the rule does not match. */
    final Reason reason;

    final Match.Rejected rejection;

    Rule(Reason reason) {
        this.reason = reason;
        rejection = new Match.Rejected(reason);
    }

    /** The rule that is broken for this reason, if it is a matching rule's. */
    public static Optional<Rule> of(Reason reason) {
        return Optional.ofNullable(BY_REASON.get(reason));
    }

    /** Whether the worker keeps the rule. */
    abstract boolean holds(Requirements requirements, Worker worker);

    /** By how much a worker breaks it, to compare with another that does; 0 where there is no more or less. */
    double distance(Requirements requirements, Worker worker) {
        return 0;
    }

    /** What is needed and what a worker that breaks it has instead; empty where the reason says all. */
    public Optional<UnmetNeed> unmetNeed(Requirements requirements, Worker worker) {
        return Optional.empty();
    }
}
