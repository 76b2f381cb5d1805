/** From the {@code _constraints} of a package in the Open Build Service to BuildJobs. */
package dev.smartdispatcher.cli.constraints;
