variable "name" {
  description = "Name of the function."
  type        = string
  default     = "stile-authorizer"
}

variable "package" {
  description = "Path of its zip, which holds the policy."
  type        = string
}

variable "issuer" {
  description = "Whose grants are good: the address of Stile."
  type        = string
}

variable "audience" {
  description = "The aud that a grant has to name: your API."
  type        = string
}

variable "execution_arn" {
  description = "Execution ARN of the API that asks."
  type        = string
}

variable "runtime" {
  description = "java21, or java25 with a provider that knows it."
  type        = string
  default     = "java21"
}

variable "architecture" {
  description = "arm64 or x86_64, as the zip was built for."
  type        = string
  default     = "arm64"
}

variable "log_retention_days" {
  description = "How long its log is kept."
  type        = number
  default     = 30
}
