/** The cluster that a user's kubeconfig names: what is read there, and what goes wrong in words for users. */
package dev.smartdispatcher.cli.cluster;
