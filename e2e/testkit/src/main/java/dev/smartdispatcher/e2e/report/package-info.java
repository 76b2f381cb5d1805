/** What the reports of benchmarks and other long runs have in common. */
package dev.smartdispatcher.e2e.report;
