# Stile with an API of its own, at the API's own address.
terraform {
  required_version = ">= 1.11"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 7"
    }
  }
}

provider "aws" {
  region = var.region
}

variable "region" {
  description = "Where to deploy."
  type        = string
  default     = "eu-central-1"
}

variable "packages" {
  description = "Folder of the functions' zips."
  type        = string
}

variable "architecture" {
  description = "arm64 or x86_64, as the zips were built for."
  type        = string
  default     = "arm64"
}

variable "login" {
  description = "Issuer of your access tokens, and their audiences."
  type        = object({ issuer = string, audiences = list(string) })
}

variable "mail" {
  description = "Who mail comes from, and the verified domain or address behind it."
  type        = object({ from = string, identity = string })
}

variable "policy_file" {
  description = "The policy document; without one, the example's."
  type        = string
  default     = null
}

variable "deletion_protection" {
  description = "Refuse to delete the table."
  type        = bool
  default     = true
}

variable "configuration_set" {
  description = "Make a configuration set for mail."
  type        = bool
  default     = true
}

module "stile" {
  source              = "../.."
  packages            = var.packages
  architecture        = var.architecture
  policy_file         = coalesce(var.policy_file, "${path.module}/policy.json")
  login               = var.login
  mail                = var.mail
  deletion_protection = var.deletion_protection
  configuration_set   = var.configuration_set
}

output "issuer" {
  description = "Address of Stile."
  value       = module.stile.issuer
}

output "stile" {
  description = "All that was made."
  value       = module.stile
}
