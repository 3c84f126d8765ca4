# Users of a Cognito pool, federated ones too, step up with Stile.
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

data "aws_region" "current" {}

# Stands in for yours.
resource "aws_cognito_user_pool" "users" {
  name = "users"
}

resource "aws_cognito_user_pool_client" "web" {
  name                = "web"
  user_pool_id        = aws_cognito_user_pool.users.id
  explicit_auth_flows = ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
}

# Cognito's access tokens name the client and no audience; API Gateway takes the one for the other.
module "stile" {
  source      = "../.."
  packages    = var.packages
  policy_file = "${path.module}/policy.json"
  login = {
    issuer    = "https://cognito-idp.${data.aws_region.current.name}.amazonaws.com/${aws_cognito_user_pool.users.id}"
    audiences = [aws_cognito_user_pool_client.web.id]
  }
  mail = { from = "codes@example.com", identity = "example.com" }
}

output "issuer" {
  description = "Address of Stile."
  value       = module.stile.issuer
}
