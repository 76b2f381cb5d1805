/** Dashboards and alerts of the chart ask for metrics that there are, and that are documented. */
package dev.smartdispatcher.e2e.chart.monitoring;
