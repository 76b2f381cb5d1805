/** How the packages of an attempt are installed: by which program, where, with which rights and arguments. Pure functions. */
package dev.smartdispatcher.operator.workload.install;
