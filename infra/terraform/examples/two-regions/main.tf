# Two regions, each a Stile of its own with its own table and keys: a guess that is counted in one
# never has to be known in the other. Send each user to the region that holds their factors.
terraform {
  required_version = ">= 1.11"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 7"
    }
  }
}

variable "packages" {
  description = "Folder of the functions' zips."
  type        = string
}

provider "aws" {
  region = "eu-central-1"
}

provider "aws" {
  alias  = "west"
  region = "eu-west-1"
}

locals {
  settings = {
    packages    = var.packages
    policy_file = "${path.module}/../minimal/policy.json"
    login       = { issuer = "https://login.example.com/", audiences = ["stile"] }
    mail        = { from = "codes@example.com", identity = "example.com" }
  }
}

module "central" {
  source      = "../.."
  packages    = local.settings.packages
  policy_file = local.settings.policy_file
  login       = local.settings.login
  mail        = local.settings.mail
}

module "west" {
  source      = "../.."
  packages    = local.settings.packages
  policy_file = local.settings.policy_file
  login       = local.settings.login
  mail        = local.settings.mail

  providers = { aws = aws.west }
}

output "issuers" {
  description = "Addresses of Stile."
  value       = { central = module.central.issuer, west = module.west.issuer }
}
