/** Learns from the builds that end: makes runs of their attempts, and writes them into profiles. */
package dev.smartdispatcher.operator.controller.profile;
