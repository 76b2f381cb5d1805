/** What may never happen, and the rules of a build's life: nothing is lost, nothing runs twice, nothing is left behind. */
package dev.smartdispatcher.e2e.chaos.check.rule;
