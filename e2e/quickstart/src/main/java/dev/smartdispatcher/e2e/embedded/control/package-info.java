/** The controllers that a real control plane runs beside the API server, as far as a dispatcher depends on them. */
package dev.smartdispatcher.e2e.embedded.control;
