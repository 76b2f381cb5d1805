/** A real etcd and kube-apiserver, with what else a control plane needs, as processes on loopback. */
package dev.smartdispatcher.e2e.controlplane;
