package dev.smartdispatcher.web;

/** What is served at one path, asked anew for each request, by several threads. */
@FunctionalInterface
public interface Page {
    Answer answer(Query query);
}
