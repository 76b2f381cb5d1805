/** Why a job is where it is, in the operator's own words, and what would help. */
package dev.smartdispatcher.cli.why;
