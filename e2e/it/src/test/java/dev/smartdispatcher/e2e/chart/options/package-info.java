/** Command lines, chart and docs/options.md agree about the options of the programs. */
package dev.smartdispatcher.e2e.chart.options;
