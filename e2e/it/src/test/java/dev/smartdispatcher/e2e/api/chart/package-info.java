/** The chart, installed, upgraded and removed by helm at a real API server. */
package dev.smartdispatcher.e2e.api.chart;
