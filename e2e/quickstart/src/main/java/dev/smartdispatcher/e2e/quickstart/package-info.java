/** One command that shows the whole path: real operator, real agent, real processes, simulated workers. */
package dev.smartdispatcher.e2e.quickstart;
