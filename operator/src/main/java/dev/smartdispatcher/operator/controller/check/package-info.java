/** Runs the checks of workers, and says what became of them. */
package dev.smartdispatcher.operator.controller.check;
