/** A build farm in any cluster: what administrators, users, agents and kubelets write there, and how the outcome is awaited. */
package dev.smartdispatcher.e2e.farm;
