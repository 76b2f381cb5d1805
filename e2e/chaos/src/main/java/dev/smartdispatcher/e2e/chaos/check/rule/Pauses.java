package dev.smartdispatcher.e2e.chaos.check.rule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smartdispatcher.e2e.chaos.check.view.Job;
import dev.smartdispatcher.e2e.chaos.check.view.World;
import dev.smartdispatcher.e2e.chaos.history.Act;
import dev.smartdispatcher.e2e.chaos.history.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How long nothing is dispatched after something happened to the leader: from then to the next allocation, where a job waits for
 * one and the API server is there all the time. Not a rule that can be broken: a figure.
 */
public final class Pauses implements Rule {
    private final Claims claims = new Claims();
    private final Map<String, List<Long>> millis = new TreeMap<>();
    private Optional<Act> open = Optional.empty();

    @Override
    public String name() {
        return "pauses";
    }

    @Override
    public void act(World world, Act act, Findings findings) {
        switch (act.kind()) {
            case Kill, Terminate, Stop, CutOff ->
                open = act.detail().contains("leader") ? Optional.of(act) : Optional.empty();
            case ServerDown, Quiet -> open = Optional.empty();
            default -> {}
        }
    }

    @Override
    public void change(World world, Change change, JsonNode before, Findings findings) {
        claims.apply(change, before).ifPresent(claim -> {
            open.ifPresent(act -> millis.computeIfAbsent(act.kind().name(), k -> new ArrayList<>())
                    .add(change.millis() - act.millis()));
            open = Optional.empty();
        });
        if (open.isPresent()
                && change.kind().equals("buildjobs")
                && world.jobs().noneMatch(Job::isPending)) {
            open = Optional.empty();
        }
    }

    /** By what happened, in milliseconds and in order. */
    public Map<String, List<Long>> millis() {
        return new TreeMap<>(millis);
    }
}
