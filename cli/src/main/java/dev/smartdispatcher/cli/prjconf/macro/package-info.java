/**
 * Macros and expressions as obs-build evaluates them in project configs. Written from the descriptions of rpm's macros and
 * obs-build's, and compared with obs-build itself by tests.
 */
package dev.smartdispatcher.cli.prjconf.macro;
