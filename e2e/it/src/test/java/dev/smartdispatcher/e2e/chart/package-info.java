/** The Helm chart, rendered by Helm itself: what it makes of values, and what it refuses. */
package dev.smartdispatcher.e2e.chart;
