/** Programs that tests run. */
package dev.smartdispatcher.e2e.command;
