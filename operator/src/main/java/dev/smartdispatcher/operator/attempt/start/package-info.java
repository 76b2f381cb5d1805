/**
 * What becomes of a job whose attempts do not start: by whose fault that is, when it is tried again, which attempts are kept in
 * mind, and which images cannot be had. Pure functions and state that gets the time as an argument.
 */
package dev.smartdispatcher.operator.attempt.start;
