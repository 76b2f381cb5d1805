/** What is known of pods and nodes by all who run or judge them. */
package dev.smartdispatcher.e2e.pods;
