/** What a run tells programs and people. */
package dev.smartdispatcher.e2e.chaos.report;
