/** The logs of a job's attempts, one after the other, as streams of any length. */
package dev.smartdispatcher.cli.log;
