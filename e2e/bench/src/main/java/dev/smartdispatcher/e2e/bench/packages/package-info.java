/** What it costs to decide the package lists of jobs. */
package dev.smartdispatcher.e2e.bench.packages;
