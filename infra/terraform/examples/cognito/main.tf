# Users of a Cognito pool, federated ones too, step up with Stile; and the pool asks for a factor at
# the sign-in of its own.
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

  lambda_config {
    define_auth_challenge          = module.triggers.triggers["define"]
    create_auth_challenge          = module.triggers.triggers["create"]
    verify_auth_challenge_response = module.triggers.triggers["verify"]

    pre_token_generation_config {
      lambda_arn     = module.triggers.triggers["pre-token"]
      lambda_version = "V2_0"
    }
  }
}

# No other flow: it would lead to tokens past the factor.
resource "aws_cognito_user_pool_client" "web" {
  name                = "web"
  user_pool_id        = aws_cognito_user_pool.users.id
  explicit_auth_flows = ["ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
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

module "triggers" {
  source        = "../../modules/cognito"
  name          = "stile-sign-in"
  packages      = var.packages
  issuer        = module.stile.issuer
  execution_arn = module.stile.api.execution_arn
  table         = module.stile.table
  user_pool_arn = aws_cognito_user_pool.users.arn
}

output "issuer" {
  description = "Address of Stile."
  value       = module.stile.issuer
}
