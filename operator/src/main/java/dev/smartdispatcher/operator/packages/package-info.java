/** Package rules: from an environment and the chosen (hostArch, targetArch, mode) to the plan of an attempt. */
package dev.smartdispatcher.operator.packages;
