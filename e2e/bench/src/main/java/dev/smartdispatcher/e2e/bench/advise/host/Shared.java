package dev.smartdispatcher.e2e.bench.advise.host;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Something that all its users share alike, as a processor or a disk. Its own clock goes at the rate that each of them has, so
 * a user's end is known by that clock when it begins.
 */
final class Shared {
    /** One that uses it until its clock shows {@code until}. */
    private record User(Running running, double until) {}

    private final PriorityQueue<User> users = new PriorityQueue<>(Comparator.comparingDouble(User::until)
            .thenComparingInt(u -> u.running().index()));
    private double clock;

    /** @param amount that it needs at a rate of 1 */
    void add(Running running, double amount) {
        users.add(new User(running, clock + amount));
    }

    void remove(Running running) {
        users.removeIf(user -> user.running() == running);
    }

    int size() {
        return users.size();
    }

    /** Seconds until the first user is done, at a rate; infinite if there is none. */
    double untilFirst(double rate) {
        return users.isEmpty()
                ? Double.POSITIVE_INFINITY
                : Math.max(0, (users.peek().until() - clock) / rate);
    }

    void advance(double seconds, double rate) {
        clock += seconds * rate;
    }

    /** Takes out the first. */
    Running first() {
        var first = users.poll();
        clock = Math.max(clock, first.until());
        return first.running();
    }
}
