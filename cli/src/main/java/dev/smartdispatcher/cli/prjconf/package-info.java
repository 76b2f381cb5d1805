/** From the project configs of the Open Build Service to a BuildEnvironment. */
package dev.smartdispatcher.cli.prjconf;
