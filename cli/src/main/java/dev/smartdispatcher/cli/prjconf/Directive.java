package dev.smartdispatcher.cli.prjconf;

import java.util.List;

/**
 * A line that holds for a target, with its macros expanded.
 *
 * @param keyword in lower case, without the colon
 * @param words what follows it
 * @param text the whole line, in which white space is a blank
 * @param file where it stands, as the user named it
 * @param line where it stands, counted from 1
 */
record Directive(String keyword, List<String> words, String text, String file, int line) {}
