/** What may never happen: a rule for each invariant of the design, and for what users are told. */
package dev.smartdispatcher.e2e.chaos.check.rule;
