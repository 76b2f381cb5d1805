/** The scheduling cycle as plainly as it can be written, slow and obviously right: what the core decides is held against it. */
package dev.smartdispatcher.operator.scheduler.plain;
