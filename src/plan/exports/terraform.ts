import { UsageError } from '../../errors.ts';
import type { PlanRow } from '../result.ts';
import { keysShare, type PlanExport, podsOf } from './export.ts';

/**
 * An ElastiCache replication group for the row, and an EKS node group for the service before it. What belongs to an account,
 * and the password, are variables.
 */
export const terraform: PlanExport = (row, plan) => {
  const { node, shards, nodes } = row;
  if (!/^cache\.[a-z0-9]+\.[a-z0-9]+$/.test(node)) {
    throw new UsageError(
      `--export terraform: is for ElastiCache, and "${node}" is no type of its nodes; plan with --provider aws, or with --prices whose nodes are called as there, such as cache.r6g.large`,
    );
  }
  const { replicas } = plan.asked;
  const pods = podsOf(plan);
  return `# ${row.algorithm}, ${plan.asked.limit} for each key, ${plan.asked.rate_per_s} requests a second: ${nodes} nodes of ${node}.
terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.40"
    }
  }
}

variable "name" {
  description = "Begins the names of everything here"
  type        = string
  default     = "rate-limiter"
}

variable "subnet_ids" {
  description = "Private subnets, one in each of at least two availability zones"
  type        = list(string)
}

variable "security_group_ids" {
  description = "Let the service, and nothing else, reach Redis"
  type        = list(string)
}

variable "auth_token" {
  description = "Password of Redis; the service reads it from REDISCLI_AUTH. It also stands in the state of Terraform: keep that encrypted"
  type        = string
  sensitive   = true
}

variable "eks_cluster_name" {
  description = "The EKS cluster that the service runs in"
  type        = string
}

variable "eks_node_role_arn" {
  description = "IAM role of the nodes"
  type        = string
}

variable "eks_instance_type" {
  description = "One node for each ${plan.head_room.pod_rate} requests a second"
  type        = string
  default     = "m6i.xlarge"
}

resource "aws_elasticache_subnet_group" "redis" {
  name       = var.name
  subnet_ids = var.subnet_ids
}

resource "aws_elasticache_parameter_group" "redis" {
  name   = var.name
  family = "redis7"

  # A client whose counter is evicted starts anew and passes its limit again. When memory is full, writes are refused instead.
  parameter {
    name  = "maxmemory-policy"
    value = "noeviction"
  }

  # For fragmentation, and for the pages that are written while a replica is filled: a limiter writes all the time.
  parameter {
    name  = "reserved-memory-percent"
    value = "${Math.ceil((1 - keysShare(row, plan)) * 100)}"
  }
${shards > 1 ? clusterMode : ''}}

resource "aws_elasticache_replication_group" "redis" {
  replication_group_id = var.name
  description          = "State of the rate limiter"

  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "${node}"
  parameter_group_name = aws_elasticache_parameter_group.redis.name
${topology(row, replicas)}
  port               = 6379
  subnet_group_name  = aws_elasticache_subnet_group.redis.name
  security_group_ids = var.security_group_ids

  transit_encryption_enabled = true
  at_rest_encryption_enabled = true
  auth_token                 = var.auth_token

  # State lives for seconds to minutes: what a snapshot could bring back has mostly expired.
  snapshot_retention_limit = 0
}

resource "aws_eks_node_group" "rate_limiter" {
  cluster_name    = var.eks_cluster_name
  node_group_name = var.name
  node_role_arn   = var.eks_node_role_arn
  subnet_ids      = var.subnet_ids
  instance_types  = [var.eks_instance_type]

  scaling_config {
    min_size     = ${Math.min(2, pods)}
    desired_size = ${pods}
    max_size     = ${pods * 2}
  }

  update_config {
    max_unavailable = 1
  }

  labels = {
    workload = "rate-limiter"
  }
}

output "redis_host" {
  description = "For ratelimit serve --store; the host of the Secret that --export kubernetes refers to"
  value       = aws_elasticache_replication_group.redis.${shards > 1 ? 'configuration' : 'primary'}_endpoint_address
}
`;
};

const clusterMode = `
  parameter {
    name  = "cluster-enabled"
    value = "yes"
  }
`;

/** Replicas lie in other zones, and take over. A cluster has to be able to fail over even without them. */
function topology({ shards }: PlanRow, replicas: number): string {
  const inOtherZones = replicas > 0;
  const size =
    shards > 1
      ? `  num_node_groups            = ${shards}
  replicas_per_node_group    = ${replicas}`
      : `  num_cache_clusters         = ${1 + replicas}`;
  return `
${size}
  automatic_failover_enabled = ${shards > 1 || inOtherZones}
  multi_az_enabled           = ${inOtherZones}
`;
}
