/** What earlier builds of a package were like. */
package dev.smartdispatcher.cli.past;
