/** The advisor's command: what it asks, what it prints, what it writes into a cluster. */
package dev.smartdispatcher.agent.advise;
