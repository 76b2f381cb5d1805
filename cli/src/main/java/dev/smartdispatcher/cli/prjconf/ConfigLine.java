package dev.smartdispatcher.cli.prjconf;

/**
 * A line of a project config.
 *
 * @param file as the user named it
 * @param number counted from 1
 * @param text the line; of a block of macros and of a definition over several lines all of them
 * @param verbatim whether it is a block of macros, in which nothing is expanded
 */
record ConfigLine(String file, int number, String text, boolean verbatim) {}
