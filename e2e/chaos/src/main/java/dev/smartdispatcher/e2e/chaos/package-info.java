/** What happens to jobs when everything around them fails: disturbs a farm on a real API server, and judges its history. */
package dev.smartdispatcher.e2e.chaos;
