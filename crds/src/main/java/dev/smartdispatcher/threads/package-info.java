/** What all modules need of threads. */
package dev.smartdispatcher.threads;
