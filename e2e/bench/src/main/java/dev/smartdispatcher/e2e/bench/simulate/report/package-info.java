/** What a run was like, compared with other rules over many seeds. */
package dev.smartdispatcher.e2e.bench.simulate.report;
