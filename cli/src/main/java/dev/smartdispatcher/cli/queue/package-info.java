/** The jobs of a namespace or of the farm as a queue, and how long those that run are going to take. */
package dev.smartdispatcher.cli.queue;
