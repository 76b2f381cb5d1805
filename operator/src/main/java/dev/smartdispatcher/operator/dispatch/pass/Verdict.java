package dev.smartdispatcher.operator.dispatch.pass;

import dev.smartdispatcher.api.Reason;
import java.util.Optional;

/** What comes of one job and one worker now: a candidate, or the reason why not. */
record Verdict(Optional<Candidate> candidate, Optional<Reason> rejection) {
    static Verdict fits(Candidate candidate) {
        return new Verdict(Optional.of(candidate), Optional.empty());
    }

    static Verdict rejected(Reason reason) {
        return new Verdict(Optional.empty(), Optional.of(reason));
    }
}
