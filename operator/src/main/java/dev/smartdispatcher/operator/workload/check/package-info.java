/** The pods in which checks of workers run. */
package dev.smartdispatcher.operator.workload.check;
